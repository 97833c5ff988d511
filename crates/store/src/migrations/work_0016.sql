-- Orders of the list of users by a field for which the directory keeps none (directory/users/orders.rs): made when somebody asks, kept for a
-- day. They are derived, and hold numbers of users alone.
CREATE TABLE user_order (
    account BIGINT NOT NULL,
    field BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,       -- when somebody last wanted it to be as of then
    making BIGINT NOT NULL,         -- the version that is being made, or was last
    version BIGINT NOT NULL,        -- the one that is whole; 0 before there is one
    revision BIGINT NOT NULL,       -- of the account, as of which it is
    made_at BIGINT NOT NULL,
    users BIGINT NOT NULL,          -- how many users are in it
    filled BIGINT NOT NULL,         -- how many of them have a value: they come first
    PRIMARY KEY (account, field)
){clustered};
CREATE TABLE user_order_part (
    account BIGINT NOT NULL,
    field BIGINT NOT NULL,
    version BIGINT NOT NULL,
    part BIGINT NOT NULL,
    users {bytes} NOT NULL,         -- the numbers of a thousand users, 8 bytes each
    PRIMARY KEY (account, field, version, part)
){clustered};
