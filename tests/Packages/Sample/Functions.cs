using Amazon.Lambda.Annotations;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<Sample.SampleJson>))]

namespace Sample;

/// <summary>One function for each thing that the runtime must do right.</summary>
public sealed class Functions(Greeting greeting)
{
    [LambdaFunction]
    public SQSBatchResponse OnQueue(SQSEvent batch, ILambdaContext context, [FromServices] ScopeCounter counter)
    {
        context.Logger.LogInformation(
            "{word}, received {count} messages in scope {scope}", greeting.Word, batch.Records.Count, counter.Number);
        return new SQSBatchResponse(
            [.. batch.Records.Where(m => m.Body == "bad")
                .Select(m => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = m.MessageId })]);
    }

    [LambdaFunction]
    public async Task<Answer> OnEvent(CloudWatchEvent<Question> question, ILambdaContext context)
    {
        await Task.Yield();
        return new Answer
        {
            Text = $"{greeting.Word} {question.Detail.Name}",
            At = question.Time,
            DetailType = question.DetailType,
            RemainingMilliseconds = (long)context.RemainingTime.TotalMilliseconds,
            Trace = Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"),
            FunctionArn = context.InvokedFunctionArn,
            Executed = Environment.GetEnvironmentVariable("AWS_EXECUTION_ENV"),
        };
    }

    [LambdaFunction]
    public async Task OnFailure(Question question)
    {
        await Task.Yield();
        throw new InvalidOperationException(
            $"{greeting.Word}, {question.Name} failed", new TimeoutException("too slow"));
    }
}
