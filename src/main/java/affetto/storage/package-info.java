/**
 * What file systems do differently: writing a file so that it is seen whole, and addresses without
 * passwords. The one low room that knows Hadoop, since tables and models both stand on it.
 */
package affetto.storage;
