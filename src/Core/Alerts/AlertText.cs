using System.Globalization;
using System.Text;

namespace Jobs.Core.Alerts;

/// <summary>
/// The text of an e-mail that is read on a phone: sections of short lines. Only addresses and commands may be longer.
/// </summary>
internal sealed class AlertText
{
    private const int Width = 70;

    private readonly StringBuilder _text = new();

    /// <summary>A headline, after an empty line.</summary>
    public AlertText Section(string title)
    {
        if (_text.Length > 0) _text.AppendLine();
        _text.AppendLine(title);
        return this;
    }

    /// <summary>A line as it is: a command, an address, a line of a log.</summary>
    public AlertText Line(string text)
    {
        _text.AppendLine(text);
        return this;
    }

    /// <summary>Prose, broken between words.</summary>
    /// <param name="indent">Before each of its lines.</param>
    public AlertText Prose(string text, string indent = "")
    {
        var line = new StringBuilder(indent);
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > indent.Length && line.Length + 1 + word.Length > Width)
            {
                _text.Append(line).AppendLine();
                line.Clear().Append(indent);
            }

            if (line.Length > indent.Length) line.Append(' ');
            line.Append(word);
        }

        _text.Append(line).AppendLine();
        return this;
    }

    public override string ToString() => _text.ToString();
}
