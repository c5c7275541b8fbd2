CREATE TABLE secrets (word text);
