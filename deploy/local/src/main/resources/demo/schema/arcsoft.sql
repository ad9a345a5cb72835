-- A face store built on ArcSoft's engine, as a hotel's front desk uses it; plus the heartbeat table that capture asks for.
CREATE TABLE t_user_face (
    id int NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT '主键',
    group_id int COMMENT '分组标识',
    face_id varchar(255) COMMENT '人脸唯一标识',
    name varchar(255) COMMENT '名字',
    age int COMMENT '年龄',
    gender int COMMENT '性别',
    phone varchar(255) COMMENT '电话号码',
    face_feature blob COMMENT '人脸特征',
    create_time datetime COMMENT '创建时间',      -- local time of the operator, Asia/Shanghai
    update_time datetime COMMENT '最近更新时间',
    file_path varchar(255) COMMENT '照片地址'     -- the photo lies outside: a path says that it is kept
);
CREATE TABLE faceaudit_heartbeat (id int PRIMARY KEY, beat_at timestamp(6) NOT NULL);
INSERT INTO faceaudit_heartbeat VALUES (1, now(6));
