using System.CommandLine;
using System.CommandLine.Parsing;
using Jobs.Local.Ground;
using Lapstack;
using Lapstack.Chaos;

namespace Jobs.Local.Commands;

/// <summary>What both commands may be told.</summary>
internal sealed class LaptopOptions
{
    private readonly Option<int> _port = new("--port")
    {
        Description = "Loopback port of all services; 0 for any free one.",
        DefaultValueFactory = _ => 4566,
    };

    private readonly Option<string?> _state = new("--state")
    {
        Description = "Folder for what the stack stores. Default: .jobs/state beside the solution.",
    };

    private readonly Option<string?> _app = new("--app")
    {
        Description = "Folder of the CDK app's cdk.json. Default: the nearest, in this folder or above, or in a " +
            "folder directly below one of these.",
    };

    private readonly Option<string?> _assembly = new("--cloud-assembly")
    {
        Description = "Folder of a synthesized CDK app, to be run as it is.",
    };

    private readonly Option<string?> _stackName = new("--stack-name", "--stack")
    {
        Description =
            "Which stack of that app, by its name or its path (Stage/Stack); not needed when it has only one.",
    };

    private readonly Option<ChaosOptions?> _chaos = new("--chaos")
    {
        Description = "What goes wrong, as switch=share with shares from 0 to 1, such as spot=0.2,throttle=0.1. The " +
            "switches, and what each is a share of:\n"
            + string.Join('\n', ChaosSwitch.All.Select(one => $"{one.Name}: {one.Meaning}")),
        HelpName = "switch=share,...",
        CustomParser = Chaos,
    };

    private readonly Option<string[]> _debug = new("--debug")
    {
        Description = "A job or a function, such as OnUpload, whose processes wait for a debugger; as often as wanted.",
        HelpName = "NAME",
    };

    private readonly Option<Uri?> _otlp = new("--otlp")
    {
        Description = "Sends traces to a collector, by OTLP over HTTP: --otlp http://localhost:4318.",
        HelpName = "URL",
        CustomParser = Otlp,
    };

    private readonly Option<string?> _containers = new("--containers")
    {
        Description = "Runs tasks in containers, by podman or docker: the first that is installed, or the one that is " +
            "named. Without it each container is a process.",
        HelpName = "PROGRAM",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = ContainerEngine,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_port);
        command.Options.Add(_state);
        command.Options.Add(_app);
        command.Options.Add(_assembly);
        command.Options.Add(_stackName);
        command.Options.Add(_chaos);
        command.Options.Add(_debug);
        command.Options.Add(_containers);
        command.Options.Add(_otlp);
    }

    public LaptopSettings Read(ParseResult parsed) => new()
    {
        Port = parsed.GetValue(_port),
        State = parsed.GetValue(_state),
        App = parsed.GetValue(_app),
        CloudAssembly = parsed.GetValue(_assembly),
        StackName = parsed.GetValue(_stackName),
        Chaos = parsed.GetValue(_chaos) ?? new ChaosOptions(),
        Debugged = parsed.GetValue(_debug) ?? [],
        ContainerEngine = parsed.GetValue(_containers),
        Otlp = parsed.GetValue(_otlp),
    };

    private static string? ContainerEngine(ArgumentResult given)
    {
        var wanted = given.Tokens is [var named] ? [named.Value] : ContainerEngines.Known;
        if (ContainerEngines.FindFirst(wanted) is { } found) return found;
        given.AddError(
            $"There is no {string.Join(" and no ", wanted)} on the PATH. Install one, or leave --containers out.");
        return null;
    }

    private static Uri? Otlp(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")) return url;
        given.AddError($"'{text}' is not the URL of a collector, such as http://localhost:4318.");
        return null;
    }

    private static ChaosOptions? Chaos(ArgumentResult given)
    {
        try
        {
            return ChaosParser.Parse(string.Join(',', given.Tokens.Select(token => token.Value)));
        }
        catch (FormatException e)
        {
            given.AddError(e.Message);
            return null;
        }
    }
}
