# What the installed kramdown, set up as Jekyll 4 sets it up, makes of kramdown's own test cases; JSON on the output:
#   ruby benchmarks/kramdown_cases.rb FOLDER
require "json"
require "kramdown"
require "kramdown-parser-gfm"
require "yaml"

OPTIONS = {
  input: "GFM", auto_ids: true, toc_levels: (1..6).to_a, entity_output: :as_char,
  smart_quotes: "lsquo,rsquo,ldquo,rdquo", hard_wrap: false, footnote_nr: 1, syntax_highlighter: "rouge",
  syntax_highlighter_opts: {default_lang: "plaintext", guess_lang: true},
}.freeze

def options_of(path)
  file = path.sub(/\.text\z/, ".options")
  return {} unless File.exist?(file)
  YAML.safe_load(File.read(file), permitted_classes: [Symbol]).transform_keys(&:to_sym)
      .reject { |key, _| key.to_s.start_with?("syntax_highlighter") } # which one, and how, is our own affair
end

cases = Dir[File.join(ARGV.fetch(0), "**", "*.text")].sort.map do |path|
  options = options_of(path)
  html = Kramdown::Document.new(File.read(path, encoding: "utf-8"), OPTIONS.merge(options, input: "GFM")).to_html
  {path: path, options: options, html: html}
rescue StandardError => error
  warn "#{path}: #{error.message}"
end
puts JSON.generate(cases.compact)
