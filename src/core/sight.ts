/** What somebody who is not logged in was shown of a post that is up. */
export interface Sight {
  /** `hidden`: it is not there for them. `unproven`: the answer says nothing, such as a page that asks to log in. */
  readonly seen: 'visible' | 'hidden' | 'unproven';
  readonly message: string;
  /** Empty if there is nothing to do. */
  readonly advice: string;
}
