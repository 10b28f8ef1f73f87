using Spectre.Console;

namespace Jobs.Local.Output;

/// <summary>Where Local writes: colours and spinners on a terminal, plain wide lines in a file or a pipe.</summary>
internal static class Screen
{
    private const int PlainWidth = 180;

    public static IAnsiConsole Create()
    {
        if (!Console.IsOutputRedirected) return AnsiConsole.Console;
        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        plain.Profile.Width = PlainWidth;
        return plain;
    }
}
