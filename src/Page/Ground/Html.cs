using System.Text.Encodings.Web;
using System.Text.Unicode;
using Jobs.Core;

namespace Jobs.Page.Ground;

/// <summary>
/// Markup. Whatever an interpolated string puts into it is encoded, unless it is markup already: so nothing from
/// outside becomes markup by an oversight.
/// </summary>
internal readonly struct Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string? _text;

    private Html(string text) => _text = text;

    /// <summary>Markup from an interpolated string.</summary>
    public static Html Of(HtmlBuilder markup) => new(markup.ToString());

    /// <summary>The markup, or nothing.</summary>
    public static Html When(bool condition, HtmlBuilder markup) => condition ? new(markup.ToString()) : default;

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.ToString())));

    public static string Encode(string text) => Encoder.Encode(Legible.Of(text));

    public override string ToString() => _text ?? "";
}
