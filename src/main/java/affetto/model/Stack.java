package affetto.model;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Layers of a graph, one above the other; each is called by its stack and its place in it. */
final class Stack {
  private final GraphBuilder graph;
  private final String name;
  private String top;
  private int layers;

  /**
   * A stack without layers.
   *
   * @param graph that it grows in
   * @param input of the graph: what the stack stands on, and what it is called
   */
  Stack(GraphBuilder graph, String input) {
    this.graph = graph;
    this.name = input;
    this.top = input;
  }

  Stack add(Layer layer) {
    String on = top;
    top = name + "-" + layers++;
    graph.addLayer(top, layer, on);
    return this;
  }

  /** A stack on the values of this one and then those of another. */
  Stack beside(Stack other, String name) {
    graph.addVertex(name, new MergeVertex(), top, other.top);
    return new Stack(graph, name);
  }

  /** Makes the last layer the graph's only output. */
  void finish() {
    graph.setOutputs(top);
  }
}
