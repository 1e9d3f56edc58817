"""Jekyll's Liquid on python-liquid. Templates are programs of strangers: render them in a worker process only."""

from portfolio.importer.liquid.pieces import LiquidResult, Piece, SourceMap
from portfolio.importer.liquid.render import TooMuchOutput, has_liquid, render_liquid
from portfolio.importer.liquid.state import LiquidContext

__all__ = ["LiquidContext", "LiquidResult", "Piece", "SourceMap", "TooMuchOutput", "has_liquid", "render_liquid"]
