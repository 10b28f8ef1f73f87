using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Jobs.Core.Definitions;
using Jobs.Sdk.Ground;

namespace Jobs.Sdk.Declarations;

/// <summary>A job whose types are known, so that no call goes through reflection.</summary>
internal sealed class TypedJob<TInput, TResult>(
    [DynamicallyAccessedMembers(JobClass.Needed)] Type type, JobDefinition definition)
    : RunJobType(type, typeof(TInput), definition)
{
    public override async Task<string> RunAsync(object job, string input, JobContext context, CancellationToken stop)
    {
        var result = await ((IJob<TInput, TResult>)job).RunAsync(Read(input), context, stop);
        return Write(result);
    }

    /// <summary>Events are written by others, as messages are.</summary>
    private JsonSerializerOptions InputOptions => Definition.Events.Count > 0 ? JobJson.Messages : JobJson.Options;

    private TInput Read(string input)
    {
        try
        {
            return JobJson.Read<TInput>(input, InputOptions)
                    ?? throw new JobFailedException(
                        $"The input of {Definition.Name} is null. Give it a {TypeName.Of(typeof(TInput))}.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new JobFailedException(
                $"The input of {Definition.Name} is not a {TypeName.Of(typeof(TInput))}: {e.Message}", e);
        }
    }

    private string Write(TResult result)
    {
        try
        {
            return JobJson.Write(result);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new JobFailedException(
                $"{Definition.Name} is done, but its result ({typeof(TResult).Name}) cannot be written as JSON: " +
                $"{e.Message} Change the result's type.", e);
        }
    }
}
