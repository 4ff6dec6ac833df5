CREATE TABLE categories (category_id INTEGER PRIMARY KEY NOT NULL, category_name VARCHAR(30) NOT NULL UNIQUE);
CREATE TABLE suppliers (supplier_id INTEGER PRIMARY KEY NOT NULL, company_name VARCHAR(60) NOT NULL,
    city VARCHAR(30) NOT NULL, phone VARCHAR(30));
CREATE TABLE products (product_id INTEGER PRIMARY KEY NOT NULL, product_name VARCHAR(60) NOT NULL, supplier_id INTEGER,
    category_id INTEGER NOT NULL, unit_price DOUBLE PRECISION NOT NULL, units_in_stock SMALLINT NOT NULL,
    discontinued BOOLEAN NOT NULL, FOREIGN KEY (supplier_id) REFERENCES suppliers (supplier_id) ON DELETE SET NULL,
    FOREIGN KEY (category_id) REFERENCES categories (category_id));
CREATE TABLE customers (customer_id VARCHAR(5) PRIMARY KEY NOT NULL, company_name VARCHAR(60) NOT NULL,
    contact_name VARCHAR(60) NOT NULL, city VARCHAR(30) NOT NULL);
CREATE TABLE customer_demographics (customer_type_id INTEGER PRIMARY KEY NOT NULL, customer_desc VARCHAR(60));
CREATE TABLE customer_customer_demo (customer_id VARCHAR(5) NOT NULL, customer_type_id INTEGER NOT NULL,
    PRIMARY KEY (customer_id, customer_type_id), FOREIGN KEY (customer_id) REFERENCES customers (customer_id),
    FOREIGN KEY (customer_type_id) REFERENCES customer_demographics (customer_type_id));
CREATE TABLE employees (employee_id INTEGER PRIMARY KEY NOT NULL, last_name VARCHAR(30) NOT NULL,
    first_name VARCHAR(30) NOT NULL, birth_date DATE NOT NULL, hire_date DATE NOT NULL, reports_to INTEGER,
    FOREIGN KEY (reports_to) REFERENCES employees (employee_id));
CREATE TABLE regions (region_id INTEGER PRIMARY KEY NOT NULL, region_description VARCHAR(30) NOT NULL UNIQUE);
CREATE TABLE territories (territory_id VARCHAR(20) PRIMARY KEY NOT NULL, territory_description VARCHAR(30) NOT NULL,
    region_id INTEGER NOT NULL, FOREIGN KEY (region_id) REFERENCES regions (region_id));
CREATE TABLE employee_territories (employee_id INTEGER NOT NULL, territory_id VARCHAR(20) NOT NULL,
    PRIMARY KEY (employee_id, territory_id), FOREIGN KEY (employee_id) REFERENCES employees (employee_id),
    FOREIGN KEY (territory_id) REFERENCES territories (territory_id));
CREATE TABLE shippers (shipper_id INTEGER PRIMARY KEY NOT NULL, company_name VARCHAR(60) NOT NULL);
CREATE TABLE orders (order_id INTEGER PRIMARY KEY NOT NULL, customer_id VARCHAR(5) NOT NULL, employee_id INTEGER NOT NULL,
    order_date DATE NOT NULL, required_date DATE NOT NULL, shipped_date DATE, ship_via INTEGER,
    freight DOUBLE PRECISION NOT NULL, FOREIGN KEY (customer_id) REFERENCES customers (customer_id),
    FOREIGN KEY (employee_id) REFERENCES employees (employee_id),
    FOREIGN KEY (ship_via) REFERENCES shippers (shipper_id));
CREATE TABLE order_details (order_id INTEGER NOT NULL, product_id INTEGER NOT NULL, unit_price DOUBLE PRECISION NOT NULL,
    quantity SMALLINT NOT NULL, discount REAL NOT NULL, PRIMARY KEY (order_id, product_id),
    FOREIGN KEY (order_id) REFERENCES orders (order_id) ON DELETE CASCADE,
    FOREIGN KEY (product_id) REFERENCES products (product_id));
