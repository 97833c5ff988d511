-- Of a file whose users stand in another order than that of their numbers: which row names which user. Of all others that is found by
-- halves. Of plans that are there already it is kept whatever their order is.
CREATE TABLE plan_line (
    account BIGINT NOT NULL,
    import BIGINT NOT NULL,
    line BIGINT NOT NULL,           -- as plan_cell.row_number
    place BIGINT NOT NULL,
    PRIMARY KEY (account, import, line, place)
){clustered};

INSERT INTO plan_line (account, import, line, place)
SELECT DISTINCT account, import, row_number, place FROM plan_cell
WHERE place > 0 AND row_number > 0
  AND EXISTS (SELECT 1 FROM import i WHERE i.account = plan_cell.account AND i.id = plan_cell.import AND i.state = 'review');
