namespace Jobs.Cli.Output;

/// <param name="Style">A style of Spectre's markup; null for none.</param>
internal readonly record struct Cell(string Text, string? Style = null)
{
    public static implicit operator Cell(string text) => new(text);
}
