-- Whether the length of an upload is proven: the protocol says where it ends, or it was announced. NULL
-- for what is no whole upload, and for what was moved before this was asked.
ALTER TABLE transfer ADD COLUMN length_verified BOOLEAN;
