-- What is looked for at each settle, on each page and in each pause is found without passing over the imports that are at their end.

CREATE INDEX import_applying ON import (account, id) WHERE state = 'applying';
CREATE INDEX import_listed ON import (account, id) WHERE keep = 1 AND kind IN ('file', 'undo');
CREATE INDEX import_dry ON import (created_at) WHERE keep = 0;
-- Forms are forgotten once they came to their end; those of a process that was killed are swept up.
CREATE INDEX import_form ON import (created_at) WHERE kind = 'form';
