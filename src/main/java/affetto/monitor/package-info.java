/** What the operators of a cluster see of a run: names of its stages, and measurements. */
package affetto.monitor;
