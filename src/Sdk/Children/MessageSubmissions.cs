using System.Diagnostics.CodeAnalysis;
using Jobs.Core.Children;
using Jobs.Sdk.Attributes;
using Jobs.Sdk.Contexts;
using Jobs.Sdk.Declarations;

namespace Jobs.Sdk.Children;

/// <summary>Submits what the handler of a message asks for, under ids that the message gives.</summary>
internal sealed class MessageSubmissions(string messageId, Func<IWorkerChildren> port) : ISubmissions
{
    private int _submitted;

    public Task SubmitAsync(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)] Type job,
        IEnumerable<object> inputs,
        CancellationToken cancellation)
    {
        var (name, takes) = (JobName.Of(job), JobType.InputOf(job));
        return port().SendAsync([.. inputs.Select(CommandOf)], cancellation);

        string CommandOf(object input)
        {
            var index = Interlocked.Increment(ref _submitted) - 1;
            return SubmitCommand.Of($"{messageId}/{index}", name, SubmitCommand.Write(input, takes, name, index));
        }
    }
}
