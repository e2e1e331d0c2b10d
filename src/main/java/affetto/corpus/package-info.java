/** What the data are: corpora, speakers, emotions, and what a file's name says of its utterance. */
package affetto.corpus;
