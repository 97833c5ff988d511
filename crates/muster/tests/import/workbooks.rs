//! Workbooks as people send them: edited by openpyxl, saved again by LibreOffice.
