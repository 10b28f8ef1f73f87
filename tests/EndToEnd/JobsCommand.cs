using System.Text.Json.Nodes;

namespace Jobs.Tests.EndToEnd;

/// <summary>The command line on a running stack, whose minutes pass when a test says so.</summary>
internal sealed class JobsCommand(RunningLaptop running) : JobsProcess(running.Laptop.Endpoint)
{
    /// <summary>The same while minutes pass: the tick comes again and again until the command has ended.</summary>
    public async Task<JsonNode> JsonWhileTickingAsync(params string[] arguments)
    {
        var command = JsonAsync(arguments);
        await running.WaitAsync<object>($"the end of {string.Join(' ', arguments)}", async () =>
        {
            if (command.IsCompleted) return command;
            await running.TickAsync();
            return null;
        });
        return await command;
    }

    /// <summary>The jobs are known once a tick has written them.</summary>
    public Task CatalogAsync() => running.TickAsync();
}
