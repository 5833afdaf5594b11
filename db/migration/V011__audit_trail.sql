-- Texts exactly as received: room for what is written in an escaped form; see StoredText.
ALTER TABLE audit_entry ALTER COLUMN actor SET DATA TYPE VARCHAR(1100);
ALTER TABLE audit_entry ALTER COLUMN address SET DATA TYPE VARCHAR(420);
ALTER TABLE audit_entry ALTER COLUMN subject SET DATA TYPE VARCHAR(10100);
ALTER TABLE audit_entry ALTER COLUMN reason SET DATA TYPE VARCHAR(5100);
ALTER TABLE audit_entry ALTER COLUMN value_before SET DATA TYPE VARCHAR(164000);
ALTER TABLE audit_entry ALTER COLUMN value_after SET DATA TYPE VARCHAR(164000);
ALTER TABLE audit_entry ADD COLUMN last_at TIMESTAMP WITH TIME ZONE;
UPDATE audit_entry SET last_at = at;
ALTER TABLE audit_entry ALTER COLUMN last_at SET NOT NULL;
CREATE INDEX audit_entry_actor ON audit_entry (actor, id);
CREATE INDEX audit_entry_address ON audit_entry (address, id);
CREATE INDEX audit_entry_action ON audit_entry (action, id);
ALTER TABLE transfer ALTER COLUMN path SET DATA TYPE VARCHAR(20600);
ALTER TABLE transfer ALTER COLUMN reason SET DATA TYPE VARCHAR(1600);
CREATE INDEX transfer_newest ON transfer (ended_at, id);
DROP INDEX transfer_ended;
CREATE INDEX transfer_device ON transfer (device, ended_at);
