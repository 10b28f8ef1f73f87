using System.Text.Json.Nodes;
using Lapstack.Processes;
using Lapstack.State;
using Lapstack.Wire;

namespace Lapstack.Services.DynamoDb;

/// <summary>
/// TransactGetItems and TransactWriteItems, which dynalite has not: each runs alone, and what it wrote is taken back
/// when one of its conditions fails. How it was before is in the state folder meanwhile, so that what a crash cut off
/// is taken back, too.
/// </summary>
internal sealed class Transactions(
    Tables tables, DynaliteProxy proxy, StateFolder state, TimeProvider clock) : IHostedPart
{
    private const string Journal = "transaction.json";

    private readonly ServiceState _state = state.For("dynamodb-transactions");
    private readonly TransactionMemory _memory = new(clock);

    /// <summary>What a call is made of, to be authorized part by part.</summary>
    public IReadOnlyList<TransactionPart> Read(string operation, JsonObject input)
    {
        foreach (var member in (string[])["ReturnConsumedCapacity", "ReturnItemCollectionMetrics"])
            if (input.Text(member) is not (null or "NONE"))
            {
                throw ServiceError.Unsupported("dynamodb", $"{operation} with {member}");
            }

        return operation == "TransactGetItems"
            ? TransactionPart.Read(input, tables, "Get")
            : TransactionPart.Read(input, tables, "ConditionCheck", "Put", "Delete", "Update");
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        await tables.ReadyAsync().WaitAsync(cancellation);
        await RecoverAsync(cancellation);
    }

    /// <summary>Takes back what was cut off half done, by a crash of the emulator or of dynalite.</summary>
    public async Task RecoverAsync(CancellationToken cancellation)
    {
        if (_state.Read<List<OldItem>>(Journal) is not { } old) return;
        await RestoreAsync(old, cancellation);
        _state.Delete(Journal);
    }

    public async Task<JsonObject> GetAsync(IReadOnlyList<TransactionPart> parts, CancellationToken cancellation)
    {
        var responses = new JsonArray();
        foreach (var part in parts)
        {
            var input = (JsonObject)part.Input.DeepClone();
            input["ConsistentRead"] = true;
            responses.Add(
                (await CallAsync("GetItem", input, cancellation)).Json["Item"] is { } item
                    ? new JsonObject { ["Item"] = item.DeepClone() }
                    : new JsonObject());
        }
        return new JsonObject { ["Responses"] = responses };
    }

    /// <param name="input">The whole call, by which a repeated one is known.</param>
    public async Task<JsonObject> WriteAsync(
        JsonObject input, IReadOnlyList<TransactionPart> parts, CancellationToken cancellation)
    {
        if (_memory.Contains(input)) return [];
        var old = new List<OldItem>();
        foreach (var part in parts) old.Add(await ReadOldAsync(part, cancellation));
        _state.Write(Journal, old);
        var restored = old;
        try
        {
            // From here on to its end: a client that has gone must not leave half of it.
            var refusals = new List<JsonObject?>();
            foreach (var part in parts) refusals.Add(await WriteAsync(part, CancellationToken.None));
            if (refusals.Any(refusal => refusal is not null)) throw Cancelled(parts, old, refusals);
            // A check of a condition may have made its item.
            restored = [.. old.Where((_, n) => parts[n].Operation == "ConditionCheckItem")];
            _memory.Add(input);
            return [];
        }
        finally
        {
            await RestoreAsync(restored, CancellationToken.None);
            _state.Delete(Journal);
        }
    }

    private async Task<OldItem> ReadOldAsync(TransactionPart part, CancellationToken cancellation)
    {
        var get = new JsonObject { ["TableName"] = part.Table.Name, ["ConsistentRead"] = true, ["Key"] = part.Key };
        return new OldItem(
            part.Table.Name, part.Key, (await CallAsync("GetItem", get, cancellation)).Json["Item"] as JsonObject);
    }

    /// <returns>Why it was not written: its condition failed; null when it was.</returns>
    private async Task<JsonObject?> WriteAsync(TransactionPart part, CancellationToken cancellation)
    {
        // An update that changes nothing is the check of its condition.
        var operation = part.Operation == "ConditionCheckItem" ? "UpdateItem" : part.Operation;
        var answer = await proxy.CallAsync(operation, part.Input, cancellation);
        if (answer.IsSuccess) return null;
        var (code, message) = CodeOf(answer);
        if (code != "ConditionalCheckFailedException") throw new ServiceError(code, message, answer.Status);
        return new JsonObject { ["Code"] = "ConditionalCheckFailed", ["Message"] = message };
    }

    private async Task RestoreAsync(IEnumerable<OldItem> items, CancellationToken cancellation)
    {
        foreach (var old in items)
        {
            if (old.Item is { } item)
            {
                await CallAsync(
                    "PutItem",
                    new JsonObject { ["TableName"] = old.TableName, ["Item"] = item.DeepClone() },
                    cancellation);
            }
            else
            {
                await CallAsync(
                    "DeleteItem",
                    new JsonObject { ["TableName"] = old.TableName, ["Key"] = old.Key.DeepClone() },
                    cancellation);
            }
        }
    }

    private async Task<DynaliteAnswer> CallAsync(string operation, JsonObject input, CancellationToken cancellation)
    {
        var answer = await proxy.CallAsync(operation, input, cancellation);
        if (answer.IsSuccess) return answer;
        var (code, message) = CodeOf(answer);
        throw new ServiceError(code, message, answer.Status);
    }

    private static (string Code, string Message) CodeOf(DynaliteAnswer answer) =>
        (
            ((string?)answer.Json["__type"] ?? "").Split('#')[^1],
            (string?)(answer.Json["message"] ?? answer.Json["Message"]) ?? "");

    private static ServiceError Cancelled(
        IReadOnlyList<TransactionPart> parts, List<OldItem> old, List<JsonObject?> refusals)
    {
        var reasons = new JsonArray([.. refusals.Select(refusal => refusal ?? new JsonObject { ["Code"] = "None" })]);
        foreach (var (reason, n) in reasons.Select((reason, n) => (reason!, n)))
            if (refusals[n] is not null && parts[n].WantsOld && old[n].Item is { } item)
            {
                reason["Item"] = item.DeepClone();
            }

        var codes = string.Join(", ", reasons.Select(reason => reason!["Code"]));
        return new ServiceError(
            "TransactionCanceledException",
            $"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]")
        {
            Members = new Dictionary<string, JsonNode> { ["CancellationReasons"] = reasons },
        };
    }
}
