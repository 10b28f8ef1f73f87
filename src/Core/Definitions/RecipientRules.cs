namespace Jobs.Core.Definitions;

/// <summary>What a job's owner and those that it notifies must satisfy.</summary>
public static class RecipientRules
{
    private const int MaxOwner = 100;

    /// <summary>RFC 5321, 4.5.3.1.3, without the angle brackets of a path.</summary>
    private const int MaxEmail = 254;

    internal static IEnumerable<DefinitionError> Check(JobDefinition job)
    {
        if (job.Owner is { } owner && (owner.Trim().Length is 0 or > MaxOwner || owner.Any(char.IsControl)))
        {
            yield return Error(
                job, $"Owner has 1 to {MaxOwner} characters on one line", owner, "Write a name, such as Orders team.");
        }

        foreach (var recipient in job.Recipients.Where(one => !IsEmail(one.Email)))
        {
            yield return Error(
                job, "Notify has an e-mail address", recipient.Email, "Write it as name@example.com.");
        }

        foreach (var same in job.Recipients.GroupBy(one => one.Email).Where(same => same.Count() > 1))
        {
            yield return Error(
                job,
                "a job notifies an address once",
                $"{same.Key} on {string.Join(" and on ", same.Select(one => one.On))}",
                "Use On = Always for both.");
        }

        if (job is { Queue.Mode: QueueMode.Service, Recipients: [var first, ..] })
        {
            yield return Error(
                job,
                "a queue's service has no runs whose end could be told",
                $"Notify {first.Email}",
                "Add the address to AdminEmails, who are told of its dead letters.");
        }
    }

    /// <summary>Whether an e-mail may go there, as far as its form says.</summary>
    public static bool IsEmail(string text) =>
        text.Length <= MaxEmail
        && text.Split('@') is [{ Length: > 0 }, { Length: > 0 }]
        && !text.Any(one => char.IsWhiteSpace(one) || char.IsControl(one) || one is ',' or ';' or '<' or '>');

    private static DefinitionError Error(JobDefinition job, string rule, string value, string remedy) =>
        new(job.Name, rule, value, remedy);
}
