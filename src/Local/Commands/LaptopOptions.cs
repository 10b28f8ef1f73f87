using System.CommandLine;

namespace Jobs.Local.Commands;

/// <summary>What both commands may be told.</summary>
internal sealed class LaptopOptions
{
    private readonly Option<int> _port = new("--port")
    {
        Description = "Loopback port of all services; 0 for any free one.",
        DefaultValueFactory = _ => 4566,
    };

    private readonly Option<string?> _state = new("--state") { Description = "Folder for what the stack stores. Default: .jobs/state in the checkout." };

    public void AddTo(Command command)
    {
        command.Options.Add(_port);
        command.Options.Add(_state);
    }

    public int Port(ParseResult parsed) => parsed.GetValue(_port);

    public string? State(ParseResult parsed) => parsed.GetValue(_state);
}
