-- The steps of sending a notice to a channel. The channel is its name: never an address, nothing secret.
CREATE TABLE store.notice_sending (
    key VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    step VARCHAR NOT NULL CHECK (step IN ('queued', 'claimed', 'sent', 'failed', 'doubt', 'again')),
    said VARCHAR NOT NULL, -- JSON: why it failed; '': nothing to say
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (key, channel, seq)
)
