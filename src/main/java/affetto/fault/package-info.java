/** The two ways in which a user's request fails; floor 0, so that every package can say so. */
package affetto.fault;
