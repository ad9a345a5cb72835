-- The face table of a property-tech operator; plus the heartbeat table that capture asks an operator for.
CREATE TABLE public.face (
    id bigint PRIMARY KEY,
    id_card varchar(18),
    name varchar(50),
    phone varchar(20),
    feature bytea,
    photo_url text,
    create_time timestamp NOT NULL,          -- local time of the operator, Asia/Shanghai
    is_deleted smallint NOT NULL DEFAULT 0   -- a soft delete: what is deleted so is still stored
);
CREATE TABLE public.faceaudit_heartbeat (id int PRIMARY KEY, beat_at timestamptz NOT NULL);
INSERT INTO public.faceaudit_heartbeat VALUES (1, now());
