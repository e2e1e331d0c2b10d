/** From a waveform to numbers: feature sets with ids and versions, and the engines behind them. */
package affetto.feature;
