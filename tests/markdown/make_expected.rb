# Writes the expected halves of fixtures/kramdown/*.md with the real kramdown, set up as Jekyll 4 sets it up:
#   ruby tests/markdown/make_expected.rb
# Needs the gems kramdown, kramdown-parser-gfm and rouge (Debian: apt-get install jekyll).
require "kramdown"
require "kramdown-parser-gfm"

OPTIONS = {
  input: "GFM", auto_ids: true, toc_levels: (1..6).to_a, entity_output: :as_char,
  smart_quotes: "lsquo,rsquo,ldquo,rdquo", hard_wrap: false, footnote_nr: 1, syntax_highlighter: "rouge",
  syntax_highlighter_opts: {default_lang: "plaintext", guess_lang: true},
}.freeze

# Which tokens a highlighter finds is its own affair: only the code itself is compared.
def without_tokens(html)
  html.gsub(%r{<code[^>]*>.*?</code>}m) { |code| code.gsub(%r{</?span[^>]*>}, "") }
end

Dir[File.join(__dir__, "fixtures", "kramdown", "*.md")].sort.each do |path|
  cases = File.read(path).scan(/^(\S[^\n]*)\n\.\n(.*?)^\.\n(?:.*?)^\.\n/m)
  File.write(path, cases.map do |title, source|
    expected = without_tokens(Kramdown::Document.new(source, OPTIONS.dup).to_html)
    "#{title}\n.\n#{source}.\n#{expected}#{"\n" unless expected.end_with?("\n")}.\n"
  end.join("\n"))
  puts "#{File.basename(path)}: #{cases.size}"
end
