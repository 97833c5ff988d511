-- What readers say of the help. Who sent it is a digest, forgotten after a day; the letters make the time of a form one of ours.
CREATE TABLE feedback (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    sender TEXT NOT NULL,           -- '' after a day
    helpful BIGINT NOT NULL,
    reasons TEXT NOT NULL,          -- words of the reasons, a space between
    said TEXT NOT NULL
);

CREATE INDEX feedback_by_sender ON feedback (sender, at);

CREATE TABLE feedback_secret (
    one BIGINT PRIMARY KEY,
    letters TEXT NOT NULL
);
