-- The tables of CompreFace 1.x, as the product creates them; plus the heartbeat table that capture asks an operator for.
CREATE TABLE public.app (
    id bigint PRIMARY KEY,
    name varchar(50),
    guid varchar(36),
    api_key varchar(36)
);
CREATE TABLE public.model (
    id bigint PRIMARY KEY,
    name varchar(50),
    guid varchar(36),
    app_id bigint REFERENCES public.app,
    api_key varchar(36),
    type varchar(50),
    created_date timestamp
);
CREATE TABLE public.subject (
    id uuid PRIMARY KEY,
    api_key varchar(36) NOT NULL,
    subject_name varchar(255) NOT NULL,
    UNIQUE (api_key, subject_name)
);
CREATE TABLE public.img (
    id uuid PRIMARY KEY,
    content bytea NOT NULL
);
CREATE TABLE public.embedding (
    id uuid PRIMARY KEY,
    subject_id uuid NOT NULL,
    embedding float8[] NOT NULL,
    calculator varchar(255) NOT NULL,
    img_id uuid
);
CREATE TABLE public.model_statistic (
    id bigint PRIMARY KEY,
    request_count int,
    model_id bigint,
    created_date timestamp
);
CREATE TABLE public.faceaudit_heartbeat (id int PRIMARY KEY, beat_at timestamptz NOT NULL);
INSERT INTO public.faceaudit_heartbeat VALUES (1, now());
