/**
 * Published models: numbered versions of named models on any file system Hadoop knows, each with a
 * manifest that says where its numbers come from.
 */
package affetto.store;
