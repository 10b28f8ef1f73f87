using System.Reflection;
using Jobs.Core.Definitions;
using Jobs.Sdk.Attributes;
using Jobs.Sdk.Ground;

namespace Jobs.Sdk.Declarations;

/// <summary>What a job comes after, with its input checked against what that gives.</summary>
internal static class Afters
{
    /// <exception cref="JobDeclarationException">The other job's end is not what the job takes.</exception>
    public static IReadOnlyList<AfterTrigger> Read(Type type, Type input) =>
    [
        .. type.GetCustomAttributes<AfterAttribute>(inherit: false)
            .Select(after => Read(JobName.Of(type), after, input)),
    ];

    private static AfterTrigger Read(string job, AfterAttribute after, Type input)
    {
        var result = ResultOf(after);
        var trigger = new AfterTrigger(after.Job, after.On);
        if (result is null)
        {
            return IsEnded(input) ? trigger with { TakesEnding = true } : throw Misfit(job, after, input, "Ended<…>");
        }

        var ended = $"Ended<{TypeName.Of(result)}>";
        if (IsEnded(input) && input.GetGenericArguments()[0] == result) return trigger with { TakesEnding = true };
        if (after.On != AfterOutcome.Success) throw Misfit(job, after, input, ended);
        return input == result
            ? trigger
            : throw Misfit(job, after, input, $"{TypeName.Of(result)}, or {ended}");
    }

    /// <summary>What the other job gives; null when only its name is known.</summary>
    private static Type? ResultOf(AfterAttribute after) =>
        after.Class is { } other ? JobContract.ResultOf(other) : null;

    private static bool IsEnded(Type input) =>
        input.IsGenericType && input.GetGenericTypeDefinition() == typeof(Ended<>);

    private static JobDeclarationException Misfit(
        string job, AfterAttribute after, Type input, string gives) => new(new DefinitionError(
        job,
        $"one job, one input type: after '{after.Job}' on {after.On} the job gets {gives}",
        $"a job that takes {TypeName.Of(input)}",
        $"Implement IJob<{gives.Split(',')[0]}, …>, or start this job in another way."));
}
