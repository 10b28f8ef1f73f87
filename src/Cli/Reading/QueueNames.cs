using Jobs.Cli.Doctor;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core;

namespace Jobs.Cli.Reading;

/// <summary>Names of dead-letter queues.</summary>
internal static class QueueNames
{
    /// <summary>A name as people write it: in any case, with or without hyphens.</summary>
    /// <exception cref="CliException">There is none of this name.</exception>
    public static string Check(string given, IQueues queues)
    {
        var plain = given.Replace("-", "", StringComparison.Ordinal);
        var found = queues.DeadLetters.FirstOrDefault(name => name.Equals(plain, StringComparison.OrdinalIgnoreCase));
        if (found is not null) return found;
        var meant = Spelling.Suggestion(given, queues.DeadLetters);
        throw CliException.Failed(
            $"There is no dead-letter queue '{given}'{meant} There are: {string.Join(", ", queues.DeadLetters)}.");
    }

    /// <exception cref="CliException">Its messages belong to no single queue.</exception>
    public static void RequireOrigin(string name, IStack stack)
    {
        if (stack.Queues.Working.Contains(name)) return;
        var lines = stack.Place.Lines;
        throw CliException.Failed(
            $"{name} belongs to no queue: its messages were on their way to several. To read them: " +
            $"{lines.DeadLetters(name)}   To start uploads again: {lines.ReplayPrefix("PREFIX")}");
    }
}
