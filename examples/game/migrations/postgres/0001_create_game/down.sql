DROP TABLE scores;
DROP TABLE levels;
DROP TABLE sessions;
DROP TABLE user_profiles;
DROP TABLE users;
