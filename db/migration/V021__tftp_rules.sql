-- What a device may do by TFTP; null is nothing said. A network says it in its content.
ALTER TABLE device ADD COLUMN tftp VARCHAR(4000);
