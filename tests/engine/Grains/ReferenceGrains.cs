namespace RoutingGrid.Engine.Tests.Grains;

[GenerateSerializer]
public sealed class AddressBook
{
    [Id(0)]
    public IBasicGrain? Friend { get; set; }

    [Id(1)]
    public Dictionary<string, IBasicGrain> ByName { get; set; } = [];
}

/// <summary>Keeps references to grains, in its state too.</summary>
public interface IAddressBookGrain : IGrainWithStringKey
{
    Task Befriend(IBasicGrain friend);

    Task<IBasicGrain?> Friend();

    Task<int> AddAtFriend(int value);

    Task<AddressBook> Everyone();

    Task<string> Hello(IAddressBookGrain from);

    Task<string> Greet(IAddressBookGrain other);

    Task<string> GreetWithSelf(IAddressBookGrain other);

    Task Leave();
}

public sealed class AddressBookGrain([PersistentState("book", "store")] IPersistentState<AddressBook> book) : Grain, IAddressBookGrain
{
    public Task Befriend(IBasicGrain friend)
    {
        book.State.Friend = friend;
        book.State.ByName[friend.GetPrimaryKeyString()] = friend;
        return book.WriteStateAsync();
    }

    public Task<IBasicGrain?> Friend() => Task.FromResult(book.State.Friend);

    public Task<int> AddAtFriend(int value) => book.State.Friend!.Add(value);

    public Task<AddressBook> Everyone() => Task.FromResult(book.State);

    public Task<string> Hello(IAddressBookGrain from) =>
        Task.FromResult($"{from.GetPrimaryKeyString()}, {(from is GrainReference ? "a reference" : "no reference")}, greets {this.GetPrimaryKeyString()}");

    public Task<string> Greet(IAddressBookGrain other) => other.Hello(this.AsReference<IAddressBookGrain>());

    public Task<string> GreetWithSelf(IAddressBookGrain other) => other.Hello(this);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
