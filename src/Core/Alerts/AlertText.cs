using System.Text;

namespace Jobs.Core.Alerts;

/// <summary>
/// The text of an alert, in sections. As an e-mail it is read on a phone: short lines, of which only addresses and
/// commands may be longer. In a chat it has headings, and commands that can be copied.
/// </summary>
public sealed class AlertText
{
    private const int Width = 70;

    private readonly List<AlertPart> _parts = [];

    /// <summary>A headline, after an empty line.</summary>
    public AlertText Section(string title) => Add(new(AlertPartKind.Title, title));

    /// <summary>What to do, which a chat shows as next steps.</summary>
    public AlertText Steps() => Section(ChatWriter.Steps);

    /// <summary>A line as it is: a command, an address, a line of a log.</summary>
    public AlertText Line(string text) => Add(new(AlertPartKind.Line, text));

    /// <summary>Prose, broken between words.</summary>
    /// <param name="indent">Before each of its lines.</param>
    public AlertText Prose(string text, string indent = "") => Add(new(AlertPartKind.Prose, text) { Indent = indent });

    /// <summary>As a chat shows it.</summary>
    /// <param name="title">What it is about, in a line.</param>
    /// <param name="thread">The same for all that is said of one cause.</param>
    public ChatText ToChat(string title, string thread) => ChatWriter.Write(_parts, title, thread);

    /// <summary>As an e-mail.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part.Kind == AlertPartKind.Title && text.Length > 0) text.AppendLine();
            if (part.Kind == AlertPartKind.Prose) AppendProse(text, part.Text, part.Indent);
            else text.AppendLine(part.Text);
        }

        return text.ToString();
    }

    private static void AppendProse(StringBuilder text, string prose, string indent)
    {
        var line = new StringBuilder(indent);
        foreach (var word in prose.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > indent.Length && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).AppendLine();
                line.Clear().Append(indent);
            }

            if (line.Length > indent.Length) line.Append(' ');
            line.Append(word);
        }

        text.Append(line).AppendLine();
    }

    private AlertText Add(AlertPart part)
    {
        _parts.Add(part);
        return this;
    }
}
