using Jobs.Cli.Ground;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Stacks;

/// <summary>From a name, or none, to a stack: by what is remembered, else by asking CloudFormation.</summary>
internal sealed class StackConnector(OutputCache cache, TimeProvider clock, Action<string> say)
{
    private bool _said;

    /// <param name="name">Null for the one called jobs, or else the only one there is.</param>
    /// <param name="fresh">Ask, whatever is remembered.</param>
    /// <exception cref="CliException">There is no such stack, or no way to it.</exception>
    public async Task<IStack> ConnectAsync(string? name, bool fresh, CancellationToken cancellation)
    {
        var target = Target.Resolve();
        if (target.IsAssumed && !_said)
        {
            say($"No AWS credentials here: talking to the stack on this machine, {target.Endpoint}.");
        }

        _said = true;
        var clients = new AwsClients(target);
        var place = fresh ? null : cache.Find(target, name);
        if (place is null)
        {
            place = await new StackFinder(clients.Formation, target).FindAsync(name, cancellation);
            cache.Keep(target, name, place);
        }

        return new AwsStack(place, clients, clock);
    }
}
