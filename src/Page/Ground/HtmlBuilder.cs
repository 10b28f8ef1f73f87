using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Jobs.Page.Ground;

/// <summary>
/// What the compiler makes of an interpolated string that is to be <see cref="Html"/>: the written parts are markup,
/// the holes are text. An attribute's value is to be in double quotes, and an address is one of
/// <c>Views.Addresses</c> or begins with a written part.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlBuilder
{
    private readonly StringBuilder _text;

    public HtmlBuilder(int literalLength, int formattedCount) =>
        _text = new StringBuilder(literalLength + (16 * formattedCount));

    public void AppendLiteral(string markup) => _text.Append(markup);

    public void AppendFormatted(Html markup) => _text.Append(markup.ToString());

    public void AppendFormatted(IEnumerable<Html> markup)
    {
        foreach (var part in markup) _text.Append(part.ToString());
    }

    public void AppendFormatted(string? text)
    {
        if (text is not null) _text.Append(Html.Encode(text));
    }

    public void AppendFormatted(int number) => _text.Append(number.ToString("#,0", CultureInfo.InvariantCulture));

    /// <summary>A coordinate.</summary>
    public void AppendFormatted(double number) => _text.Append(number.ToString("0.##", CultureInfo.InvariantCulture));

    public override string ToString() => _text.ToString();
}
