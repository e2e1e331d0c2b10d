/** One class a job: a Spec in, a Result out, progress on the way; nothing here prints or exits. */
package affetto.job;
