# A Jekyll plugin: one JSON line for each thing that the site serves, the site itself first.
#
# Documents and pages that become HTML carry what Jekyll made of their text before any layout; everything else has its
# address only.
require "json"

module Record
  OUT = ENV.fetch("RECORD")
  TEXT = {}.compare_by_identity

  def self.row(item, kind)
    date = item.data["date"]
    known = kind != "page" && date.respond_to?(:iso8601) && date != item.site.time # which stands for no date
    {
      "kind" => kind, "path" => item.relative_path.sub(%r{\A/}, ""), "url" => item.url, "title" => item.data["title"],
      "date" => known ? date.iso8601 : nil, "html" => TEXT[item]
    }
  end

  def self.kind(page)
    return "redirect" if page.class.name == "JekyllRedirectFrom::RedirectPage"

    TEXT.key?(page) && page.output_ext == ".html" ? "page" : "made"
  end

  def self.rows(site)
    documents = site.collections.flat_map do |label, collection|
      collection.docs.select { collection.write? }.map { |document| row(document, label == "posts" ? "post" : label) }
    end
    pages = site.pages.map { |page| row(page, kind(page)) }
    files = site.static_files.map { |file| { "kind" => "file", "url" => file.url } }
    (documents + pages + files).sort_by { |found| [found["kind"], found["url"]] }
  end
end

%i[documents pages].each do |owner|
  Jekyll::Hooks.register(owner, :post_convert) { |item| Record::TEXT[item] = item.content.dup }
end

Jekyll::Hooks.register(:site, :post_write) do |site|
  head = { "kind" => "site", "engine" => "jekyll #{Jekyll::VERSION}", "baseurl" => site.config["baseurl"].to_s }
  File.write(Record::OUT, [head, *Record.rows(site)].map { |found| JSON.generate(found) << "\n" }.join)
end
