// The blocks of a body in the page's form: as Wagtail's, but a block of an unknown type is shown and never offered.
{
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;

  class BodyBlocksDefinition extends StreamBlockDefinition {
    constructor(name, groups, initialStates, meta) {
      super(name, groups, initialStates, meta);
      this.groupedChildBlockDefs = groups.filter(([, blocks]) => blocks.every((block) => block.name !== "unknown"));
    }
  }

  window.telepath.register("portfolio.blocks.BodyBlocks", BodyBlocksDefinition);
}
