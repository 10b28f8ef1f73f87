using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;

namespace Jobs.Aws;

/// <summary>
/// DynamoDB writes whose condition may well not hold, which is then an answer and no error.
/// A write that timed out may have been made: its condition says whether a repetition finds that.
/// </summary>
internal static class ConditionalWrites
{
    /// <returns>False when there is an item of this key, which stays as it is.</returns>
    public static Task<bool> TryCreateAsync(
        this IAmazonDynamoDB dynamo,
        string table,
        Dictionary<string, AttributeValue> item,
        CancellationToken cancellation) =>
        TryPutAsync(
            dynamo,
            new PutItemRequest
            {
                TableName = table,
                Item = item,
                ConditionExpression = $"attribute_not_exists({Tables.PartitionKey})",
            },
            cancellation);

    /// <returns>False when the condition does not hold, and nothing was deleted.</returns>
    public static async Task<bool> TryDeleteAsync(
        this IAmazonDynamoDB dynamo, DeleteItemRequest request, CancellationToken cancellation) =>
        await AnswerAsync(() => dynamo.DeleteItemAsync(request, cancellation)) is not null;

    /// <returns>The attributes that the request's ReturnValues ask for; null when the condition does not hold, and
    /// nothing was written.</returns>
    public static async Task<Dictionary<string, AttributeValue>?> TryUpdateAsync(
        this IAmazonDynamoDB dynamo, UpdateItemRequest request, CancellationToken cancellation) =>
        await AnswerAsync(() => dynamo.UpdateItemAsync(request, cancellation)) is { } answer
            ? answer.Attributes ?? []
            : null;

    /// <returns>False when the condition does not hold, and nothing was written.</returns>
    public static async Task<bool> TryPutAsync(this IAmazonDynamoDB dynamo, PutItemRequest request,
        CancellationToken cancellation) =>
        await AnswerAsync(() => dynamo.PutItemAsync(request, cancellation)) is not null;

    private static async Task<T?> AnswerAsync<T>(Func<Task<T>> write)
        where T : class
    {
        try
        {
            return await write();
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }
    }
}
