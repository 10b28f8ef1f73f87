namespace Lapstack.Services.DynamoDb;

/// <summary>
/// Lets many calls run beside each other, and a transaction alone. Who waits for its turn holds back who comes later.
/// </summary>
internal sealed class TransactionLock : IDisposable
{
    private const int MostBeside = 256;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _places = new(MostBeside);

    public async Task<T> BesideAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await _places.WaitAsync(cancellation);
        }
        finally
        {
            _turn.Release();
        }
        try
        {
            return await work();
        }
        finally
        {
            _places.Release();
        }
    }

    public async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        var taken = 0;
        await _turn.WaitAsync(cancellation);
        try
        {
            for (; taken < MostBeside; taken++) await _places.WaitAsync(cancellation);
            return await work();
        }
        finally
        {
            if (taken > 0) _places.Release(taken);
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _places.Dispose();
    }
}
