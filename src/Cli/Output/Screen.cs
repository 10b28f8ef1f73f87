using Jobs.Core;
using Spectre.Console;

namespace Jobs.Cli.Output;

/// <summary>
/// One of the streams that the command line writes to, on which text from outside is made legible. Lines go out as they
/// are, with styles on a terminal; only what has to be laid out, wrapped paragraphs and grids, goes through Spectre, whose start takes as long as a listing.
/// </summary>
/// <param name="columns">Of the terminal; null when it is a file or a pipe.</param>
/// <param name="hasStyles">Whether it shows colours.</param>
/// <param name="createConsole">Called when something is laid out for the first time.</param>
internal sealed class Screen(TextWriter writer, int? columns, bool hasStyles, Func<IAnsiConsole> createConsole)
{
    private readonly Lazy<IAnsiConsole> _console = new(createConsole);

    public IAnsiConsole Console => _console.Value;

    /// <summary>People watch.</summary>
    public bool IsTerminal => columns is not null;

    /// <summary>Characters that fit on a line.</summary>
    public int Width => columns ?? int.MaxValue;

    /// <summary>One line as it is, however long.</summary>
    public void WriteLine(string text) => writer.WriteLine(Legible.Of(text));

    /// <summary>One line of parts with styles, however long.</summary>
    public void WriteLine(params ReadOnlySpan<Cell> parts)
    {
        foreach (var part in parts)
        {
            if (hasStyles && part.Style is { } style) writer.Write(Styles.Apply(style, part.Text));
            else writer.Write(part.Text);
        }

        writer.WriteLine();
    }

    /// <summary>One line of Spectre's markup, however long.</summary>
    public void WriteMarkup(string markup)
    {
        markup = Legible.Of(markup);
        if (hasStyles) Console.Write(new Markup(markup) { Overflow = Overflow.Ellipsis });
        else writer.Write(Markup.Remove(markup));
        writer.WriteLine();
    }

    /// <summary>A sentence or more: wrapped on a terminal, one line anywhere else.</summary>
    public void WriteText(string text, string style)
    {
        if (IsTerminal) Console.Write(new Markup($"[{style}]{Markup.Escape(Legible.Of(text))}[/]\n"));
        else WriteLine(text);
    }
}
