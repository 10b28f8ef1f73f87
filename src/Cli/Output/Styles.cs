namespace Jobs.Cli.Output;

/// <summary>Styles by the names that Spectre has for them, as a terminal understands them.</summary>
internal static class Styles
{
    // https://en.wikipedia.org/wiki/ANSI_escape_code#Select_Graphic_Rendition_parameters; blue is the bright one, which
    // can be read on black.
    private static int CodeOf(string style) => style switch
    {
        "bold" => 1,
        "red" => 31,
        "green" => 32,
        "yellow" => 33,
        "cyan" => 36,
        "grey" => 90,
        "blue" => 94,
        _ => throw new ArgumentOutOfRangeException(nameof(style), style, "No such style."),
    };

    public static string Apply(string style, string text) =>
        text.Length == 0 ? "" : Words.Invariant($"\e[{CodeOf(style)}m{text}\e[0m");
}
