using Jobs.Core;

namespace Jobs.Cli.Output;

/// <summary>A part of a line. Its text is <see cref="Legible"/>, whatever it was made of.</summary>
/// <param name="style">A style of Spectre's markup; null for none.</param>
internal readonly struct Cell(string text, string? style = null)
{
    public string Text { get; } = Legible.Of(text);

    public string? Style => style;

    public static implicit operator Cell(string text) => new(text);
}
