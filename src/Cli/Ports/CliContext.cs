using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Jobs.Cli.Output;

namespace Jobs.Cli.Ports;

/// <summary>What commands have of the world: two screens, time, chance and a way to the stack.</summary>
internal sealed record CliContext
{
    /// <summary>Data, and nothing else: stdout.</summary>
    public required Screen Data { get; init; }

    /// <summary>Notes, progress and errors: stderr.</summary>
    public required Screen Notes { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>For times that people read.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>A name that was not used before, for a command that is to be carried out once.</summary>
    public required Func<string> NewId { get; init; }

    /// <summary>Name or null, whether to ask rather than remember, and a token, to a stack.</summary>
    public required Func<string?, bool, CancellationToken, Task<IStack>> Connect { get; init; }

    /// <summary>Asks whether to go on; null when there is no person to answer.</summary>
    public Func<string, CancellationToken, Task<bool?>> Ask { get; init; } = (_, _) => Task.FromResult<bool?>(null);

    /// <summary>Asks for a text; null when there is no person to answer.</summary>
    public Func<string, CancellationToken, Task<string?>> AskText { get; init; } =
        (_, _) => Task.FromResult<string?>(null);

    /// <summary>What a stack rests on, for who looks for what is wrong.</summary>
    public required Func<Ports.ISurroundings> Surroundings { get; init; }

    /// <summary>The account that a stack is to be deployed into.</summary>
    public required Func<Ports.IAccount> Account { get; init; }

    /// <summary>Where images are pushed.</summary>
    public required Func<IRegistry> Registry { get; init; }

    /// <summary>What a verification does to a stack.</summary>
    public required Func<StackPlace, IProbe> Probe { get; init; }

    /// <summary>Runs the laptop's program with a command line, to its exit code.</summary>
    public required Func<IReadOnlyList<string>, Task<int>> RunLaptop { get; init; }

    /// <summary>Runs programs of this machine in this terminal.</summary>
    public required IPrograms Programs { get; init; }

    /// <summary>People watch, so lines are cut to the width of their screen and ids are short.</summary>
    public bool IsScreen => Data.IsTerminal;

    public void WriteJson<T>(T shape, JsonTypeInfo<T> type) => WriteLine(JsonSerializer.Serialize(shape, type));

    /// <summary>Text as it is, whatever its width.</summary>
    public void WriteLine(string text) => Data.WriteLine(text);

    /// <summary>One line with styles, as long as it is.</summary>
    public void WriteLine(params ReadOnlySpan<Cell> parts) => Data.WriteLine(parts);

    public void Note(string text) => Notes.WriteText(text, "grey");

    /// <summary>What is wrong, and what to do.</summary>
    public void Fault(string text) => Notes.WriteText(text, "red");
}
