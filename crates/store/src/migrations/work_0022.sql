-- Spreadsheets are deflated already: to compress them once more costs more time than all else that is done with them.
{postgresql} ALTER TABLE upload ALTER COLUMN bytes SET STORAGE EXTERNAL;
