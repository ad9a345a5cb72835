-- The faces that open the doors of a hotel's rooms, by identity card and phone; plus the heartbeat table.
CREATE TABLE guest_face (
    id int PRIMARY KEY,
    id_card varchar(18),
    phone varchar(20),
    name varchar(50),
    feature blob,
    enrolled_at datetime NOT NULL                 -- local time of the operator, Asia/Shanghai
);
CREATE TABLE faceaudit_heartbeat (id int PRIMARY KEY, beat_at timestamp(6) NOT NULL);
INSERT INTO faceaudit_heartbeat VALUES (1, now(6));
