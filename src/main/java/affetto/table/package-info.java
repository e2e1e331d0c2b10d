/**
 * Every Parquet column once: name, type, unit and meaning; the only reader and writer of
 * DataFrames.
 */
package affetto.table;
