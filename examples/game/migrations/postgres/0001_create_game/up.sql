CREATE TABLE users (
    id SERIAL PRIMARY KEY,
    created_at TIMESTAMP NOT NULL,
    username VARCHAR(20) NOT NULL UNIQUE,
    date_of_birth DATE NOT NULL
);

CREATE TABLE user_profiles (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    first_name VARCHAR(30) NOT NULL,
    last_name VARCHAR(30) NOT NULL,
    title VARCHAR(30) NOT NULL
);

CREATE TABLE sessions (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    duration INTEGER NOT NULL -- seconds
);

CREATE TABLE levels (
    id SERIAL PRIMARY KEY,
    name VARCHAR(50) NOT NULL,
    difficulty INTEGER NOT NULL
);

CREATE TABLE scores (
    id SERIAL PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id),
    level_id INTEGER NOT NULL REFERENCES levels (id),
    created_at TIMESTAMP NOT NULL,
    score INTEGER NOT NULL,
    time_taken INTEGER NOT NULL, -- seconds
    accuracy REAL NOT NULL
);
