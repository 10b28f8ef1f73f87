using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.DynamoDb;

/// <summary>
/// DynamoDB on the wire: every call is authorized here and answered by dynalite. Tables are made and removed by the
/// template only; backups, streams and PartiQL are clear errors.
/// </summary>
internal sealed class DynamoDbService(
    Tables tables, DynamoDbAccess access, DynaliteProxy proxy, Transactions transactions,
        TransactionLock transactionLock) : IService
{
    private static readonly HashSet<string> Supported = new(StringComparer.Ordinal)
    {
        "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan", "BatchGetItem", "BatchWriteItem",
        "DescribeTable", "ListTables",
    };

    public string Name => "dynamodb";

    public string TargetPrefix => "DynamoDB_20120810";

    public Protocol Protocol => Protocol.AwsJson10;

    public string ErrorPrefix => "com.amazonaws.dynamodb.v20120810#";

    public async Task<Operation> ReadAsync(WireRequest request, CancellationToken cancellation)
    {
        var target = request.Header("X-Amz-Target") ?? "";
        var operation = target[(target.LastIndexOf('.') + 1)..];
        var input = await request.ReadJsonAsync(cancellation);
        switch (operation)
        {
            case "TransactGetItems" or "TransactWriteItems":
                return Transact(operation, input);
            case "DescribeTimeToLive":
                return new(operation, access.Of(operation, input), _ => Task.FromResult(TimeToLive(input)));
            case var _ when !Supported.Contains(operation):
                throw ServiceError.Unsupported(Name, operation);
        }
        var bytes = await request.ReadBytesAsync(cancellation);
        return new(operation, access.Of(operation, input), async stop =>
        {
            await tables.ReadyAsync().WaitAsync(stop);
            return await transactionLock.BesideAsync(
                () =>
                    ReachAsync(
                        async () => await AnswerAsync(input, await proxy.CallAsync(operation, bytes, stop),
                            stop)), stop);
        });
    }

    private static async Task<WireResponse> ReachAsync(Func<Task<WireResponse>> call)
    {
        try
        {
            return await call();
        }
        catch (DynaliteException gone)
        {
            // What DynamoDB says of a fault of its own, and SDKs repeat.
            throw new ServiceError("InternalServerError", gone.Message, 500);
        }
    }

    private Operation Transact(string operation, JsonObject input)
    {
        var parts = transactions.Read(operation, input);
        return new(operation, access.Of(parts), async stop =>
        {
            await tables.ReadyAsync().WaitAsync(stop);
            return await transactionLock.AloneAsync(() => ReachAsync(async () =>
            {
                await transactions.RecoverAsync(stop);
                var answer = operation == "TransactGetItems"
                    ? await transactions.GetAsync(parts, stop)
                    : await transactions.WriteAsync(input, parts, stop);
                return WireResponse.Json(answer, "application/x-amz-json-1.0");
            }), stop);
        });
    }

    private WireResponse TimeToLive(JsonObject input)
    {
        var name = input.Text("TableName") ?? "";
        var table = tables.Find(name)
            ?? throw new ServiceError(
                "ResourceNotFoundException", $"Requested resource not found: Table: {name} not found");
        var description = new JsonObject { ["TimeToLiveStatus"] = table.TimeToLive is null ? "DISABLED" : "ENABLED" };
        if (table.TimeToLive is { } attribute) description["AttributeName"] = attribute;
        return WireResponse.Json(
            new JsonObject { ["TimeToLiveDescription"] = description }, "application/x-amz-json-1.0");
    }

    private async Task<WireResponse> AnswerAsync(
        JsonObject input, DynaliteAnswer answer, CancellationToken cancellation)
    {
        if (answer.Status == 400 && input.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD")
            return await WithItemAsync(input, answer.Json, cancellation);
        var response = WireResponse.Bytes(answer.Body, "application/x-amz-json-1.0", answer.Status);
        if (answer.Crc32 is { } crc) response.Headers["x-amz-crc32"] = crc;
        return response;
    }

    // dynalite leaves the item out. It is read again here, so it may be newer than the one that failed the condition.
    private async Task<WireResponse> WithItemAsync(JsonObject input, JsonObject error, CancellationToken cancellation)
    {
        var failed = ((string?)error["__type"])?.EndsWith(
            "#ConditionalCheckFailedException", StringComparison.Ordinal) == true;
        if (failed && error["Item"] is null && tables.Find(input.Text("TableName") ?? "") is { } table)
        {
            var from = (input["Key"] ?? input["Item"])!.AsObject();
            var get = new JsonObject
            {
                ["TableName"] = table.Name,
                ["ConsistentRead"] = true,
                ["Key"] = new JsonObject(table.Key.Select(k => KeyValuePair.Create(k, from[k]?.DeepClone()))),
            };
            var current = await proxy.CallAsync("GetItem", get, cancellation);
            if (current.IsSuccess && current.Json["Item"] is { } item) error["Item"] = item.DeepClone();
        }

        return WireResponse.Json(error, "application/x-amz-json-1.0", 400);
    }
}
